"""What ACME adds to ionapi-codegen."""
