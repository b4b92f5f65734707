-- told: whether the participant has a notice of it; false where an earlier build suspended, and where a suspension ends.
ALTER TABLE suspensions.changes ADD COLUMN told boolean NOT NULL DEFAULT false CHECK (is_suspended OR NOT told);
