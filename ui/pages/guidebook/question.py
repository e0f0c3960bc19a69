"""The one question to Dagster: every stage with its newest run and checks, and the runs under way.
How it is asked is in `asking`, what the answer means in `graph`."""

#: Runs under way, and failed ones, of which Dagster tells.
ACTIVE, FAILED = 20, 20

QUESTION = """query Guidebook($active: Int!, $failed: Int!) {
  assetNodes {
    assetKey { path }
    groupName
    description
    dependencyKeys { path }
    opNames
    jobNames
    partitionStats { numMaterialized }
    assetMaterializations(limit: 1) {
      runId
      timestamp
      partition
      metadataEntries {
        label
        ... on IntMetadataEntry { intValue }
        ... on FloatMetadataEntry { floatValue }
        ... on BoolMetadataEntry { boolValue }
        ... on TextMetadataEntry { text }
      }
    }
    assetChecksOrError {
      ... on AssetChecks {
        checks {
          name
          description
          blocking
          executionForLatestMaterialization {
            runId
            status
            timestamp
            partition
            evaluation { severity description }
          }
        }
      }
    }
  }
  active: runsOrError(
    filter: {statuses: [QUEUED, NOT_STARTED, STARTING, STARTED]}, limit: $active
  ) { ...Told }
  failed: runsOrError(filter: {statuses: [FAILURE]}, limit: $failed) { ...Told }
}
fragment Told on RunsOrError {
  ... on Runs {
    results {
      runId
      jobName
      status
      startTime
      endTime
      assetSelection { path }
      stepStats { stepKey status }
    }
  }
}"""
