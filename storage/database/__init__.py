"""Access to the database: connections and transactions, statements over many rows, locks, the job queue."""
