-- What has become of a delivery is dropped after a time. That an operator had one tried again stays, as the log has it.
ALTER TABLE notices.retries DROP CONSTRAINT retries_notice_channel_fkey;

GRANT DELETE ON notices.deliveries TO stk_service;
