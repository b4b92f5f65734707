-- Notes and reasons have 280 characters as a reader counts them, each of at most 32 code points: char_length counts
-- those. A build before this one writes what was allowed before, which is within the new bounds.
ALTER TABLE activity.profile_changes
    DROP CONSTRAINT profile_changes_reason_check,
    ADD CONSTRAINT profile_changes_reason_check CHECK (char_length(reason) BETWEEN 1 AND 8960);
ALTER TABLE spending.notes
    DROP CONSTRAINT notes_note_check,
    ADD CONSTRAINT notes_note_check CHECK (char_length(note) BETWEEN 1 AND 8960);
ALTER TABLE spending.refunds
    DROP CONSTRAINT refunds_reason_check,
    ADD CONSTRAINT refunds_reason_check CHECK (char_length(reason) BETWEEN 1 AND 8960);
ALTER TABLE spending.fund_spends
    DROP CONSTRAINT fund_spends_reason_check,
    ADD CONSTRAINT fund_spends_reason_check CHECK (char_length(reason) BETWEEN 1 AND 8960);
