// One alert on a metric that Azure keeps of a resource.
import { context, nameOf } from '../../variables.bicep'

@export()
type metricAlert = {
  @description('Part of the alert\'s name, and the name of its runbook.')
  @minLength(5)
  @maxLength(40)
  name: string
  says: string
  metricNamespace: string
  metric: string
  aggregation: 'Average' | 'Maximum' | 'Minimum' | 'Total' | 'Count'
  operator: 'GreaterThan' | 'GreaterThanOrEqual' | 'LessThan'
  threshold: int
  dimensions: {
    name: string
    values: string[]
  }[]?
  window: 'PT5M' | 'PT15M' | 'PT1H'
  route: 'page' | 'tell'
}

param environment context
param alert metricAlert

@minLength(1)
param scopes string[]
param pageId string
param tellId string

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
    targetResourceType: alert.metricNamespace
    targetResourceRegion: environment.location
    evaluationFrequency: 'PT5M'
    windowSize: alert.window
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'threshold'
          metricNamespace: alert.metricNamespace
          metricName: alert.metric
          timeAggregation: alert.aggregation
          operator: alert.operator
          threshold: alert.threshold
          dimensions: map(
            alert.?dimensions ?? [],
            dimension => { name: dimension.name, operator: 'Include', values: dimension.values }
          )
        }
      ]
    }
    actions: [{ actionGroupId: alert.route == 'page' ? pageId : tellId }]
  }
}
