// Settings: a store that turns its readers away. That a program has not read it, the program says itself, in the cluster.
import { context } from '../../variables.bicep'
import { metricAlert } from 'metric-alert.bicep'

param environment context
param pageId string
param tellId string
param storeId string

var alerts metricAlert[] = [
  {
    name: 'settings-throttled'
    says: 'App Configuration turns requests away: what is changed there is taken over late'
    metricNamespace: 'Microsoft.AppConfiguration/configurationStores'
    metric: 'ThrottledHttpRequestCount'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 20
    window: 'PT15M'
    route: 'tell'
  }
]

module metricAlerts 'metric-alert.bicep' = [
  for alert in alerts: {
    params: { environment: environment, alert: alert, scopes: [storeId], pageId: pageId, tellId: tellId }
  }
]
