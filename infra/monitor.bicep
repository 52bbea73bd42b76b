// What watches: metrics of the cluster and their dashboards, private ways to write, who is told, and the budget. Alerts are
// in monitor/alerts, laid when all that they watch is there.
import { directoryGroups } from 'shapes.bicep'
import { context } from 'variables.bicep'

param environment context
param networkZones {
  grafana: string
  prometheus: string
  monitor: string[]
}
param subnetId string
param insightsId string
param people directoryGroups

@description('Managed Prometheus and Grafana here, or Grafana Cloud, which the cluster\'s agent writes to.')
param dashboards 'managed' | 'grafana-cloud'

@description('Networks that engineers come from; with none Grafana has no public address.')
param engineersFrom string[]

@description('Whom alerts are told by e-mail.')
param alertMail string[]

@description('The e-mail address of a Slack channel: Azure\'s webhooks speak no Slack.')
param slackChannelAddress string

@description('USD a month; told at 80 % spent and at 100 % forecast.')
param monthlyBudget int

@description('First day of a month.')
param budgetFrom string

module told 'monitor/action-groups.bicep' = {
  params: { environment: environment, alertMail: alertMail, slackChannelAddress: slackChannelAddress }
}

module budget 'monitor/budget.bicep' = {
  params: {
    environment: environment
    monthlyBudget: monthlyBudget
    from: budgetFrom
    actionGroupIds: [told.outputs.tellId]
  }
}

module collection 'monitor/collection.bicep' = {
  params: {
    environment: environment
    subnetId: subnetId
    prometheusZoneId: networkZones.prometheus
    hasManagedPrometheus: dashboards == 'managed'
    insightsId: insightsId
  }
}

module privately 'monitor/private-link.bicep' = {
  params: {
    environment: environment
    subnetId: subnetId
    zoneIds: networkZones.monitor
    insightsId: insightsId
    collectionEndpointId: collection.outputs.endpointId
  }
}

module grafana 'monitor/grafana.bicep' = if (dashboards == 'managed') {
  params: {
    environment: environment
    subnetId: subnetId
    zoneId: networkZones.grafana
    prometheusId: collection.outputs.prometheusId
    platformGroupId: people.platformGroupId
    isPublic: !empty(engineersFrom)
  }
}

output pageId string = told.outputs.pageId
output tellId string = told.outputs.tellId
output collectionEndpointId string = collection.outputs.endpointId
output logRuleId string = collection.outputs.logRuleId
output metricRuleId string = collection.outputs.metricRuleId
output tracesUrl string = collection.outputs.tracesUrl
output prometheusId string = collection.outputs.prometheusId
