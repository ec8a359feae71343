"""What documents of LN's OData services do not say: the company, the condition of a change, the next page."""
