-- The books as they were when a plan was made: the last entry before it. Once nothing is owed
-- after that the plan is over, whatever is owed later. Plans of before have none, and end as they did.
alter table payment_plan add column entry bigint;
