"""What must not be published: links that lead nowhere, and data of private persons."""
