DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attname = 'doors') THEN
        ALTER TABLE cars ADD COLUMN doors integer;
    END IF;
END $$;
