// Infrastructure: nodes that run full, pods that find no room, changes that nobody delivered.
import { context, nameOf } from '../../variables.bicep'
import { metricAlert } from 'metric-alert.bicep'

param environment context
param pageId string
param tellId string
param clusterId string

var kind = 'Microsoft.ContainerService/managedClusters'

var alerts metricAlert[] = [
  {
    name: 'node-cpu'
    says: 'Nodes compute at more than 90 % for 15 minutes: the autoscaler is at its end or does not come after'
    metricNamespace: kind
    metric: 'node_cpu_usage_percentage'
    aggregation: 'Average'
    operator: 'GreaterThan'
    threshold: 90
    window: 'PT15M'
    route: 'tell'
  }
  {
    name: 'node-memory'
    says: 'Nodes hold more than 90 % of their memory: pods will be put out'
    metricNamespace: kind
    metric: 'node_memory_working_set_percentage'
    aggregation: 'Average'
    operator: 'GreaterThan'
    threshold: 90
    window: 'PT15M'
    route: 'page'
  }
  {
    name: 'node-disk'
    says: 'A disk of a node is more than 85 % full'
    metricNamespace: kind
    metric: 'node_disk_usage_percentage'
    aggregation: 'Maximum'
    operator: 'GreaterThan'
    threshold: 85
    window: 'PT15M'
    route: 'tell'
  }
  {
    name: 'pods-without-room'
    says: 'Pods have found no node for 15 minutes: a pool is at its maximum or the region is short of machines'
    metricNamespace: kind
    metric: 'cluster_autoscaler_unschedulable_pods_count'
    aggregation: 'Minimum'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    route: 'page'
  }
]

module each 'metric-alert.bicep' = [
  for alert in alerts: {
    params: { environment: environment, alert: alert, scopes: [clusterId], pageId: pageId, tellId: tellId }
  }
]

resource unhealthy 'Microsoft.Insights/activityLogAlerts@2026-01-01' = {
  name: nameOf(environment.environment, 'azure-itself')
  location: 'global'
  tags: environment.tags
  properties: {
    description: 'Azure says that something of this environment does not work'
    enabled: true
    scopes: [resourceGroup().id]
    condition: {
      allOf: [
        { field: 'category', equals: 'ResourceHealth' }
        { field: 'properties.currentHealthStatus', equals: 'Unavailable' }
      ]
    }
    actions: { actionGroups: [{ actionGroupId: pageId }] }
  }
}

resource rolesGiven 'Microsoft.Insights/activityLogAlerts@2026-01-01' = {
  name: nameOf(environment.environment, 'role-given')
  location: 'global'
  tags: environment.tags
  properties: {
    description: 'Somebody was given a right in this environment'
    enabled: true
    scopes: [resourceGroup().id]
    condition: {
      allOf: [
        { field: 'category', equals: 'Administrative' }
        { field: 'operationName', equals: 'Microsoft.Authorization/roleAssignments/write' }
        { field: 'status', equals: 'Succeeded' }
      ]
    }
    actions: { actionGroups: [{ actionGroupId: tellId }] }
  }
}
