"""The PDFs of all laws."""
