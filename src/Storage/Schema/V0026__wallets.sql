-- Settlement on Solana: whose wallet is whose.

CREATE SCHEMA settlement;

-- A link of a wallet: a row never changes but for ended_at, and a new link is a new row. Of a person: erasing one deletes these
-- rows. id: the request's that linked it. proof: JSON, what the wallet's key has signed; whoever pays there looks at it again.
-- linked_at, payable_from and ended_at: by the economy's clock.
CREATE TABLE settlement.wallets (
    id           uuid PRIMARY KEY,
    participant  bigint NOT NULL REFERENCES activity.participants,
    address      text COLLATE "C" NOT NULL CHECK (address ~ '^[1-9A-HJ-NP-Za-km-z]{32,44}$'),
    proof        json NOT NULL,
    linked_at    timestamptz NOT NULL,
    payable_from timestamptz NOT NULL CHECK (payable_from > linked_at),
    ended_at     timestamptz CHECK (ended_at >= linked_at)
);

-- One open link a participant, and one an address.
CREATE UNIQUE INDEX wallets_of_participant ON settlement.wallets (participant) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX wallets_of_address ON settlement.wallets (address) WHERE ended_at IS NULL;
CREATE INDEX wallets_history ON settlement.wallets (participant, linked_at);

-- What becomes of a week's STK: 1 they stay, as without a row; 2 they go to the wallet. at: by the economy's clock.
CREATE TABLE settlement.wallet_modes (
    participant bigint PRIMARY KEY REFERENCES activity.participants,
    mode        smallint NOT NULL CHECK (mode IN (1, 2)),
    at          timestamptz NOT NULL
);

-- What a wallet was asked to sign, until it is answered. form: 1 a message, 2 a transaction. text: to the byte. expires_at: by
-- the host's clock.
CREATE TABLE settlement.challenges (
    nonce       text COLLATE "C" PRIMARY KEY CHECK (nonce ~ '^[0-9a-f]{32}$'),
    participant bigint NOT NULL REFERENCES activity.participants,
    address     text COLLATE "C" NOT NULL,
    form        smallint NOT NULL CHECK (form IN (1, 2)),
    text        text NOT NULL,
    expires_at  timestamptz NOT NULL
);

CREATE INDEX challenges_of_participant ON settlement.challenges (participant, expires_at);
CREATE INDEX challenges_ended ON settlement.challenges (expires_at);

GRANT USAGE ON SCHEMA settlement TO stk_service;
GRANT SELECT, INSERT ON settlement.wallets TO stk_service;
GRANT UPDATE (ended_at) ON settlement.wallets TO stk_service;
GRANT SELECT, INSERT, UPDATE ON settlement.wallet_modes TO stk_service;
GRANT SELECT, INSERT, DELETE ON settlement.challenges TO stk_service;
-- Who only checks needs no challenge: whoever had one could answer it.
REVOKE ALL ON settlement.challenges FROM stk_reader;
