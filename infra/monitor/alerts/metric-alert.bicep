// One alert on a metric that Azure keeps of a resource.
import { context, nameOf } from '../../variables.bicep'

@export()
type metricAlert = {
  @description('Part of the alert\'s name.')
  @minLength(5)
  @maxLength(40)
  name: string
  says: string
  metricNamespace: string
  metric: string
  aggregation: 'Average' | 'Maximum' | 'Minimum' | 'Total' | 'Count'
  operator: 'GreaterThan' | 'GreaterThanOrEqual' | 'LessThan'
  threshold: int
  window: 'PT5M' | 'PT15M' | 'PT1H'
  route: 'page' | 'tell'
}

param environment context
param alert metricAlert

@minLength(1)
param scopes string[]
param pageId string
param tellId string

var criterion = {
  criterionType: 'StaticThresholdCriterion'
  name: 'threshold'
  metricNamespace: alert.metricNamespace
  metricName: alert.metric
  timeAggregation: alert.aggregation
  operator: alert.operator
  threshold: alert.threshold
}

resource metric 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: nameOf(environment.environment, alert.name)
  location: 'global'
  tags: environment.tags
  properties: {
    description: alert.says
    severity: alert.route == 'page' ? 1 : 3
    enabled: true
    autoMitigate: true
    scopes: scopes
    targetResourceType: length(scopes) > 1 ? alert.metricNamespace : null
    targetResourceRegion: length(scopes) > 1 ? environment.location : null
    evaluationFrequency: 'PT5M'
    windowSize: alert.window
    // One form for one resource, which may be of any type, and one for several of a type and region.
    criteria: length(scopes) > 1
      ? { 'odata.type': 'Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria', allOf: [criterion] }
      : { 'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria', allOf: [criterion] }
    actions: [{ actionGroupId: alert.route == 'page' ? pageId : tellId }]
  }
}
