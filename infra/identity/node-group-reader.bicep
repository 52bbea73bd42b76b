// The gateway's controller reads the group of the nodes to find the cluster's network.
import { roles } from '../variables.bicep'

param principalId string

resource reads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, 'gateway-controller', roles.reader)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.reader)
    description: 'The controller of the gateway finds the cluster\'s network'
  }
}
