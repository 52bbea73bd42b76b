// Secrets: vaults that do not answer, and who reads what no program of ours reads.
import { context } from '../../variables.bicep'
import { metricAlert } from 'metric-alert.bicep'
import { logAlert } from 'log-alert.bicep'

param environment context
param pageId string
param tellId string
param vaultIds string[]

var kind = 'Microsoft.KeyVault/vaults'

var metrics metricAlert[] = [
  {
    name: 'vault-availability'
    says: 'A vault answers less than 90 % of requests: jobs and rotations stop'
    metricNamespace: kind
    metric: 'Availability'
    aggregation: 'Average'
    operator: 'LessThan'
    threshold: 90
    window: 'PT5M'
    route: 'page'
  }
  {
    name: 'vault-saturation'
    says: 'A vault is near its limit of requests'
    metricNamespace: kind
    metric: 'SaturationShoebox'
    aggregation: 'Average'
    operator: 'GreaterThan'
    threshold: 75
    window: 'PT5M'
    route: 'tell'
  }
  {
    name: 'vault-latency'
    says: 'A vault answers slowly'
    metricNamespace: kind
    metric: 'ServiceApiLatency'
    aggregation: 'Average'
    operator: 'GreaterThan'
    threshold: 1000
    window: 'PT5M'
    route: 'tell'
  }
]

var logs logAlert[] = [
  {
    name: 'secret-read-by-a-person'
    says: 'A secret was read by somebody who signed in with a name: programs have none'
    query: 'AZKVAuditLogs | where OperationName == "SecretGet" and ResultType == "Success" and isnotempty(tostring(parse_json(Identity).claim.upn))'
    threshold: 0
    every: 'PT5M'
    route: 'page'
  }
  {
    name: 'secret-read-refused'
    says: 'A vault refused many reads: a program has the wrong vault, or somebody tries'
    query: 'AZKVAuditLogs | where OperationName startswith "Secret" and HttpStatusCode == 403'
    threshold: 20
    every: 'PT15M'
    route: 'tell'
  }
  {
    name: 'secret-reads-spike'
    says: 'A program read a thousand secrets in 15 minutes'
    query: 'AZKVAuditLogs | where OperationName == "SecretGet"'
    threshold: 1000
    every: 'PT15M'
    route: 'tell'
  }
]

module metricAlerts 'metric-alert.bicep' = [
  for alert in metrics: {
    params: { environment: environment, alert: alert, scopes: vaultIds, pageId: pageId, tellId: tellId }
  }
]

module logAlerts 'log-alert.bicep' = [
  for alert in logs: {
    params: { environment: environment, alert: alert, pageId: pageId, tellId: tellId }
  }
]
