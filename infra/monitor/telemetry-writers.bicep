// Services write traces as themselves: the component takes no key.
import { context, nameOf, principals, programs, roles } from '../variables.bicep'

param environment context
param objectIds principals

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: nameOf(environment.environment, 'traces')
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for writer in programs: {
    name: guid(insights.id, writer, roles.monitoringMetricsPublisher)
    scope: insights
    properties: {
      principalId: objectIds[writer]
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId(
        'Microsoft.Authorization/roleDefinitions',
        roles.monitoringMetricsPublisher
      )
      description: '${writer} writes traces'
    }
  }
]
