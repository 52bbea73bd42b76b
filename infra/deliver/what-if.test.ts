import { expect, it } from 'vitest';
import { whatIfSummary } from './what-if.ts';

const id = (name: string) =>
  `/subscriptions/00000000-0000-0000-0000-00000000000b/resourceGroups/legendops-dev/providers/Microsoft.Storage/storageAccounts/${name}`;

it('what would be deleted is told first, and by how much', () => {
  const page = whatIfSummary({
    changes: [
      { changeType: 'NoChange', resourceId: id('quiet') },
      { changeType: 'Create', resourceId: id('made') },
      { changeType: 'Delete', resourceId: id('gone') },
      { changeType: 'Ignore', resourceId: id('other') },
    ],
  });
  expect(page).toContain('**1 of it would be deleted.**');
  expect(page).toContain('1 NoChange, 1 Create, 1 Delete, 1 Ignore');
  const rows = page.split('\n').filter((line) => line.includes('storageAccounts'));
  expect(rows).toEqual([
    '| Delete | legendops-dev/providers/Microsoft.Storage/storageAccounts/gone |  |',
    '| Create | legendops-dev/providers/Microsoft.Storage/storageAccounts/made |  |',
  ]);
});

it('a change is told by the paths of its properties, and no value of them', () => {
  const delta = [
    {
      path: 'properties.agentPoolProfiles',
      propertyChangeType: 'Array',
      children: [
        {
          path: '1',
          propertyChangeType: 'Modify',
          children: [{ path: 'maxCount', propertyChangeType: 'Modify', before: 3, after: 'of|nobody' }],
        },
      ],
    },
    { path: 'tags.Owner', propertyChangeType: 'Modify', before: 'a', after: 'of|nobody', children: null },
  ];
  const page = whatIfSummary({ changes: [{ changeType: 'Modify', resourceId: id('changed'), delta }] });
  expect(page).toContain('| properties.agentPoolProfiles.1.maxCount, tags.Owner |');
  expect(page).not.toContain('nobody');
});

it('nothing to do is said as well', () => {
  expect(whatIfSummary({ changes: [] })).toContain('Nothing is known of');
});
