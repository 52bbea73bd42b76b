// One alert on a question to the logs: it fires when the question has an answer.
import { context, nameOf } from '../../variables.bicep'

@export()
type logAlert = {
  @description('Part of the alert\'s name.')
  @minLength(5)
  @maxLength(40)
  name: string
  says: string
  query: string
  @description('Each row of the answer is counted; fires above so many.')
  threshold: int
  every: 'PT5M' | 'PT15M' | 'PT1H'
  route: 'page' | 'tell'
}

param environment context
param alert logAlert
param pageId string
param tellId string

resource rule 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = {
  name: nameOf(environment.environment, alert.name)
  location: environment.location
  tags: environment.tags
  kind: 'LogAlert'
  properties: {
    displayName: nameOf(environment.environment, alert.name)
    description: alert.says
    severity: alert.route == 'page' ? 1 : 3
    enabled: true
    autoMitigate: true
    scopes: [environment.workspaceId]
    evaluationFrequency: alert.every
    windowSize: alert.every
    // A table is made by its first row: before that the question has no table to ask.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: alert.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: alert.threshold
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [alert.route == 'page' ? pageId : tellId] }
  }
}
