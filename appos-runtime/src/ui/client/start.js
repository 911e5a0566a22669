// The page is there: find its nodes, and connect.

bind(document.body);
drawn();
if (over) conn("none");
else connect();
