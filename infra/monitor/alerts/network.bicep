// Network: attacks, spikes, and what people see of the edge. Flow logs come within the hour, so no page waits for them.
import { context } from '../../variables.bicep'
import { metricAlert } from 'metric-alert.bicep'
import { logAlert } from 'log-alert.bicep'

param environment context
param pageId string
param tellId string
param edgeProfileId string
param egressAddressId string

var address metricAlert[] = [
  {
    name: 'under-attack'
    says: 'Azure sees an attack on the address of the platform and works against it'
    metricNamespace: 'Microsoft.Network/publicIPAddresses'
    metric: 'IfUnderDDoSAttack'
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT5M'
    route: 'page'
  }
  {
    name: 'network-spike'
    says: 'More than 20 GB went through the way out in 5 minutes'
    metricNamespace: 'Microsoft.Network/publicIPAddresses'
    metric: 'ByteCount'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 20000000000
    window: 'PT5M'
    route: 'tell'
  }
]

var edge metricAlert[] = [
  {
    name: 'edge-origin-health'
    says: 'Front Door finds what is behind it unwell: people see errors'
    metricNamespace: 'Microsoft.Cdn/profiles'
    metric: 'OriginHealthPercentage'
    aggregation: 'Average'
    operator: 'LessThan'
    threshold: 90
    window: 'PT5M'
    route: 'page'
  }
]

var logs logAlert[] = [
  {
    name: 'edge-errors'
    says: 'More than 5 % of requests end with an error of ours'
    query: 'AzureDiagnostics | where Category == "FrontDoorAccessLog" | summarize wrong = countif(toint(httpStatusCode_s) >= 500), all = count() | where all > 100 and wrong * 20 > all'
    threshold: 0
    every: 'PT5M'
    route: 'page'
  }
  {
    name: 'edge-firewall'
    says: 'The firewall refuses a hundred requests in 15 minutes: somebody tries'
    query: 'AzureDiagnostics | where Category == "FrontDoorWebApplicationFirewallLog" and action_s == "Block"'
    threshold: 100
    every: 'PT15M'
    route: 'tell'
  }
  {
    name: 'flows-denied'
    says: 'The network denied a thousand flows in an hour: something scans, or a rule is missing'
    query: 'NTANetAnalytics | where SubType == "FlowLog" and FlowStatus == "D"'
    threshold: 1000
    every: 'PT1H'
    route: 'tell'
  }
  {
    name: 'flows-malicious'
    says: 'Something in the network speaks with an address known for malice'
    query: 'NTANetAnalytics | where FlowType == "MaliciousFlow"'
    threshold: 0
    every: 'PT1H'
    route: 'page'
  }
]

module addressAlerts 'metric-alert.bicep' = [
  for alert in address: {
    params: { environment: environment, alert: alert, scopes: [egressAddressId], pageId: pageId, tellId: tellId }
  }
]

module edgeAlerts 'metric-alert.bicep' = [
  for alert in edge: {
    params: { environment: environment, alert: alert, scopes: [edgeProfileId], pageId: pageId, tellId: tellId }
  }
]

module logAlerts 'log-alert.bicep' = [
  for alert in logs: {
    params: { environment: environment, alert: alert, pageId: pageId, tellId: tellId }
  }
]
