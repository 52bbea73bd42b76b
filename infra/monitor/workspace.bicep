// Where logs and traces go. Written to inside the network alone; Azure's own diagnostic settings come by Azure's network.
// Read with Entra from anywhere, because who is called at night is not in the network.
import { environmentName, region } from '../shapes.bicep'
import { tagSet } from '../tags.bicep'
import { everyLog, everyMetric, nameOf } from '../variables.bicep'

param environment environmentName
param location region
param tags tagSet

@minValue(30)
@maxValue(730)
param retentionDays int

@description('GB a day after which nothing more is taken; -1 for no limit.')
param dailyQuotaGb int

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: nameOf(environment, 'logs')
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: dailyQuotaGb }
    publicNetworkAccessForIngestion: 'Disabled'
    publicNetworkAccessForQuery: 'Enabled'
    features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: nameOf(environment, 'traces')
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    IngestionMode: 'LogAnalytics'
    DisableLocalAuth: true
    publicNetworkAccessForIngestion: 'Disabled'
    publicNetworkAccessForQuery: 'Enabled'
  }
}

#disable-next-line use-recent-api-versions
resource workspaceDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: workspace
  properties: { workspaceId: workspace.id, logs: everyLog, metrics: everyMetric }
}

output id string = workspace.id
output insightsId string = insights.id
