"""Search for Minutebook: search documents, the query language, and the engines that answer from them."""
