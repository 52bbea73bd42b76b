// Services write traces as themselves, by the rule for traces: neither it nor the component takes a key.
import { context, nameOf, principals, programs, roles } from '../variables.bicep'

param environment context
param objectIds principals

resource rule 'Microsoft.Insights/dataCollectionRules@2024-03-11' existing = {
  name: nameOf(environment.environment, 'traces-rule')
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for writer in programs: {
    name: guid(rule.id, writer, roles.monitoringMetricsPublisher)
    scope: rule
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
