// Front Door is in no region, and Azure takes alerts on such a resource one at a time.
import { context, nameOf } from '../../variables.bicep'

param environment context
param edgeProfileId string
param pageId string

resource health 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: nameOf(environment.environment, 'edge-origin-health')
  location: 'global'
  tags: environment.tags
  properties: {
    description: 'Front Door finds what is behind it unwell: people see errors'
    severity: 1
    enabled: true
    autoMitigate: true
    scopes: [edgeProfileId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'threshold'
          metricNamespace: 'Microsoft.Cdn/profiles'
          metricName: 'OriginHealthPercentage'
          timeAggregation: 'Average'
          operator: 'LessThan'
          threshold: 90
        }
      ]
    }
    actions: [{ actionGroupId: pageId }]
  }
}
