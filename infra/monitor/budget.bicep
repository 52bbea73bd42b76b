// What the environment may cost a month; Azure tells, and stops nothing.
import { context, nameOf } from '../variables.bicep'

param environment context

@minValue(50)
param monthlyBudget int
param from string
param actionGroupIds string[]

resource budget 'Microsoft.Consumption/budgets@2026-06-01' = {
  name: nameOf(environment.environment, 'budget')
  properties: {
    category: 'Cost'
    amount: monthlyBudget
    timeGrain: 'Monthly'
    timePeriod: { startDate: from }
    notifications: {
      spent: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: []
        contactGroups: actionGroupIds
      }
      forecast: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: []
        contactGroups: actionGroupIds
      }
    }
  }
}
