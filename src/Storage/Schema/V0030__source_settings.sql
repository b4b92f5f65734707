-- What operators have set of a source beside its watermark: the canonical JSON of the rules, null where nobody has set any, and
-- then the source may send everything. A source that is in the table may send: in Production operators alone put it there.
ALTER TABLE activity.sources ADD COLUMN settings json;
