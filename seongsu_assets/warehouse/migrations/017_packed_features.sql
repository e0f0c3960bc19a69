-- Features as they come: each origin's are one packed Parquet file. To try and press it once more
-- takes longer than all else of the write.

alter table warehouse.feature alter column body set storage external;
