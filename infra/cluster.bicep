// The Kubernetes cluster: who may do what in it is said by Entra, what runs in it by the charts.
import { clusterShape, directoryGroups } from 'shapes.bicep'
import { context, identityReference, nameOf, roles } from 'variables.bicep'

param environment context
param shape clusterShape
param people directoryGroups
param controlPlane identityReference
param nodes identityReference
param subnetId string

@description('Networks that engineers come from; with none the API server has no public address.')
param engineersFrom string[]

@description('Who delivers: installs charts. Empty where a person does.')
param deliveryPrincipalId string

param collectionEndpointId string
param logRuleId string

@description('Where the cluster\'s metrics go; not read where Grafana Cloud takes them.')
param metricRuleId string
param hasManagedPrometheus bool

module aks 'cluster/aks.bicep' = {
  params: {
    environment: environment
    shape: shape
    controlPlane: controlPlane
    nodes: nodes
    subnetId: subnetId
    engineersFrom: engineersFrom
    hasManagedPrometheus: hasManagedPrometheus
  }
}

module maintenance 'cluster/maintenance.bicep' = {
  params: { environment: environment }
  dependsOn: [aks]
}

resource cluster 'Microsoft.ContainerService/managedClusters@2026-08-01' existing = {
  name: nameOf(environment.environment, 'cluster')
}

resource metrics 'Microsoft.Insights/dataCollectionRuleAssociations@2024-03-11' = if (hasManagedPrometheus) {
  name: 'prometheus'
  scope: cluster
  properties: { dataCollectionRuleId: metricRuleId, description: 'Metrics of the cluster go to the workspace' }
  dependsOn: [aks]
}

resource logs 'Microsoft.Insights/dataCollectionRuleAssociations@2024-03-11' = {
  name: 'ContainerInsightsExtension'
  scope: cluster
  properties: { dataCollectionRuleId: logRuleId, description: 'Logs of the cluster go to the workspace' }
  dependsOn: [aks]
}

resource privately 'Microsoft.Insights/dataCollectionRuleAssociations@2024-03-11' = {
  // The name that Azure wants for where an agent asks what to collect.
  name: 'configurationAccessEndpoint'
  scope: cluster
  properties: { dataCollectionEndpointId: collectionEndpointId }
  dependsOn: [aks]
}

resource platformGroup 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(cluster.id, people.platformGroupId, roles.aksClusterAdmin)
  scope: cluster
  properties: {
    principalId: people.platformGroupId
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.aksClusterAdmin)
    description: 'Platform engineers work in the cluster'
  }
  dependsOn: [aks]
}

resource delivery 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in [roles.aksClusterUser, roles.aksClusterAdmin]: if (!empty(deliveryPrincipalId)) {
    name: guid(cluster.id, deliveryPrincipalId, role)
    scope: cluster
    properties: {
      principalId: deliveryPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
      description: 'Delivery installs charts'
    }
    dependsOn: [aks]
  }
]

output id string = aks.outputs.id
output name string = aks.outputs.name
output issuerUrl string = aks.outputs.issuerUrl
