using Xunit;

// One a collection: each waits much of its time, for silos, for the database, for a commit of the other.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
