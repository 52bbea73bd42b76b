// The identities of the cluster itself: its control plane, its nodes, and who writes the flow logs.
import { context, identityReference, nameOf, roles } from '../variables.bicep'

param environment context

resource controlPlane 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: nameOf(environment.environment, 'control-plane')
  location: environment.location
  tags: environment.tags
}

resource nodes 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: nameOf(environment.environment, 'nodes')
  location: environment.location
  tags: environment.tags
}

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' existing = {
  name: nameOf(environment.environment, 'network')

  resource nodesSubnet 'subnets' existing = { name: 'nodes' }
}

resource mayJoinNodes 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(network::nodesSubnet.id, controlPlane.id, roles.networkContributor)
  scope: network::nodesSubnet
  properties: {
    principalId: controlPlane.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.networkContributor)
    description: 'Nodes and load balancers join their subnet'
  }
}

resource mayActAsNodes 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(nodes.id, controlPlane.id, roles.managedIdentityOperator)
  scope: nodes
  properties: {
    principalId: controlPlane.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.managedIdentityOperator)
    description: 'Gives the nodes their identity'
  }
}

output controlPlane identityReference = {
  name: controlPlane.name
  id: controlPlane.id
  clientId: controlPlane.properties.clientId
  principalId: controlPlane.properties.principalId
}
output nodes identityReference = {
  name: nodes.name
  id: nodes.id
  clientId: nodes.properties.clientId
  principalId: nodes.properties.principalId
}
