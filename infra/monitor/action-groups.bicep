// Who is told. `page` wakes somebody, `tell` waits for the morning; both reach people by e-mail and a Slack channel by the
// address that Slack gives it: a webhook of Azure is refused by Slack, which reads another JSON.
import { context, nameOf } from '../variables.bicep'

param environment context

@minLength(1)
param alertMail string[]
param slackChannelAddress string

var mail = [
  for (address, index) in alertMail: { name: 'mail-${index}', emailAddress: address, useCommonAlertSchema: true }
]
var slack = [{ name: 'slack', emailAddress: slackChannelAddress, useCommonAlertSchema: false }]

resource page 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: nameOf(environment.environment, 'page')
  location: 'global'
  tags: environment.tags
  properties: { groupShortName: 'lo-page', enabled: true, emailReceivers: concat(mail, slack) }
}

resource tell 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: nameOf(environment.environment, 'tell')
  location: 'global'
  tags: environment.tags
  properties: { groupShortName: 'lo-tell', enabled: true, emailReceivers: concat(mail, slack) }
}

output pageId string = page.id
output tellId string = tell.id
