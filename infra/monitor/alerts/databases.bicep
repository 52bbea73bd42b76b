// PostgreSQL: alive, room left, and refused sign-ins.
import { context } from '../../variables.bicep'
import { metricAlert } from 'metric-alert.bicep'
import { logAlert } from 'log-alert.bicep'

param environment context
param pageId string
param tellId string
param serverIds string[]

var kind = 'Microsoft.DBforPostgreSQL/flexibleServers'

var metrics metricAlert[] = [
  {
    name: 'database-down'
    says: 'A PostgreSQL server does not answer: nothing works until it does'
    metricNamespace: kind
    metric: 'is_db_alive'
    aggregation: 'Maximum'
    operator: 'LessThan'
    threshold: 1
    window: 'PT5M'
    route: 'page'
  }
  {
    name: 'database-cpu'
    says: 'PostgreSQL computes at more than 85 % for 15 minutes'
    metricNamespace: kind
    metric: 'cpu_percent'
    aggregation: 'Average'
    operator: 'GreaterThan'
    threshold: 85
    window: 'PT15M'
    route: 'tell'
  }
  {
    name: 'database-memory'
    says: 'PostgreSQL holds more than 90 % of its memory'
    metricNamespace: kind
    metric: 'memory_percent'
    aggregation: 'Average'
    operator: 'GreaterThan'
    threshold: 90
    window: 'PT15M'
    route: 'tell'
  }
  {
    name: 'database-storage'
    says: 'PostgreSQL has filled 85 % of its storage: at 95 % it takes no more writes'
    metricNamespace: kind
    metric: 'storage_percent'
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: 85
    window: 'PT15M'
    route: 'page'
  }
  {
    name: 'database-disk'
    says: 'PostgreSQL uses all that its disk gives'
    metricNamespace: kind
    metric: 'disk_iops_consumed_percentage'
    aggregation: 'Average'
    operator: 'GreaterThan'
    threshold: 95
    window: 'PT15M'
    route: 'tell'
  }
  {
    name: 'database-deadlocks'
    says: 'Transactions stop each other'
    metricNamespace: kind
    metric: 'deadlocks'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 5
    window: 'PT15M'
    route: 'tell'
  }
  {
    name: 'database-connections-failed'
    says: 'Many connections fail: a service has a wrong login, or somebody tries'
    metricNamespace: kind
    metric: 'connections_failed'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 50
    window: 'PT15M'
    route: 'tell'
  }
]

var logs logAlert[] = [
  {
    name: 'database-password-refused'
    says: 'PostgreSQL refused passwords: who tries is in the log'
    query: 'PGSQLServerLogs | where SqlErrorCode in ("28P01", "28000")'
    threshold: 20
    every: 'PT15M'
    route: 'tell'
  }
]

module metricAlerts 'metric-alert.bicep' = [
  for alert in metrics: {
    params: { environment: environment, alert: alert, scopes: serverIds, pageId: pageId, tellId: tellId }
  }
]

module logAlerts 'log-alert.bicep' = [
  for alert in logs: {
    params: { environment: environment, alert: alert, pageId: pageId, tellId: tellId }
  }
]
