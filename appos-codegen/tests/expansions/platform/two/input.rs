platform!(crm, billing);
