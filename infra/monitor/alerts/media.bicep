// Blobs: the account does not answer, refuses, or is asked without a signature.
import { context } from '../../variables.bicep'
import { metricAlert } from 'metric-alert.bicep'
import { logAlert } from 'log-alert.bicep'

param environment context
param pageId string
param tellId string
param accountId string

var kind = 'Microsoft.Storage/storageAccounts'

var metrics metricAlert[] = [
  {
    name: 'media-availability'
    says: 'The account of media and documents answers less than 99 % of requests'
    metricNamespace: kind
    metric: 'Availability'
    aggregation: 'Average'
    operator: 'LessThan'
    threshold: 99
    window: 'PT15M'
    route: 'page'
  }
  {
    name: 'media-latency'
    says: 'Media and documents come slowly'
    metricNamespace: kind
    metric: 'SuccessE2ELatency'
    aggregation: 'Average'
    operator: 'GreaterThan'
    threshold: 1000
    window: 'PT15M'
    route: 'tell'
  }
]

var logs logAlert[] = [
  {
    name: 'media-refused'
    says: 'Many requests for blobs were refused: links are out of date, or somebody guesses'
    query: 'StorageBlobLogs | where StatusCode in (401, 403, 404)'
    threshold: 100
    every: 'PT15M'
    route: 'tell'
  }
  {
    name: 'media-anonymous'
    says: 'A blob was given without a signature: a container is open'
    query: 'StorageBlobLogs | where AuthenticationType == "Anonymous" and StatusCode < 300'
    threshold: 0
    every: 'PT5M'
    route: 'page'
  }
]

module metricAlerts 'metric-alert.bicep' = [
  for alert in metrics: {
    params: { environment: environment, alert: alert, scopes: [accountId], pageId: pageId, tellId: tellId }
  }
]

module logAlerts 'log-alert.bicep' = [
  for alert in logs: {
    params: { environment: environment, alert: alert, pageId: pageId, tellId: tellId }
  }
]
