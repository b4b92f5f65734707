-- What is nobody's goes back to whom it came from.

-- kind: 6 from the vault back to a wallet. deposit: which goes back; wallet: who owned the token account that it came from.
-- Two persons have approved it when its row is written.
ALTER TABLE settlement.asked_acts
    ADD COLUMN deposit uuid REFERENCES settlement.deposits,
    ADD COLUMN wallet text COLLATE "C",
    DROP CONSTRAINT asked_acts_kind_check,
    ADD CONSTRAINT asked_acts_kind_check CHECK (kind BETWEEN 2 AND 6),
    ADD CONSTRAINT asked_acts_return CHECK (
        num_nonnulls(deposit, wallet) = CASE kind WHEN 6 THEN 2 ELSE 0 END AND (kind <> 6 OR approved_at IS NOT NULL));

CREATE INDEX asked_acts_of_deposit ON settlement.asked_acts (deposit) WHERE deposit IS NOT NULL;

ALTER TABLE settlement.acts
    DROP CONSTRAINT acts_kind_check,
    ADD CONSTRAINT acts_kind_check CHECK (kind BETWEEN 1 AND 6);
