const gone = 'It may have been removed meanwhile. Go back to the list.';

/** The next step where a service tells the code of a problem and no detail. */
export const nextSteps: Readonly<Record<string, string>> = {
  'version.stale': 'Close this, look at how it stands now, and decide again.',
  'permission.denied': 'Ask an administrator of your organisation to do it, or for another role.',
  'request.rate-limited': 'Wait a minute, then try again.',
  'customer.not-found': gone,
  'invoice.not-found': gone,
  'member.not-found': gone,
  'invitation.not-found': gone,
  'price-rule.not-found': gone,
  'period.not-found': gone,
  'link.not-found': gone,
  'product.not-found': gone,
  'subscription.not-found': gone,
  'category.not-found': gone,
  'relation.not-found': gone,
  'price-list.not-found': gone,
  'stencil.not-found': gone,
  'stencil-master.not-found': gone,
  'stencil.name-taken': 'Give it another name, or open that stencil and press “Add version”.',
  'product-file.not-found': gone,
  'product-file.order-stale': 'Somebody changed them meanwhile. Look at how they stand now, and try again.',
  'product-file.exists': 'It is shown already. Choose another file.',
  'media.not-found': 'It was put there too long ago. Choose the file again.',
  'media.upload-not-found': 'It took too long. Choose the file again.',
  'product.in-use':
    'Press “Remove relation” beside each of its relations first, or press “Change” for another lifecycle.',
  'cabling-design.not-found': gone,
  'cabling-design.newer-calculators':
    'Close this, press “Check against today” on the page, look at what changes, and press “Take today’s figures”.',
  'client-link.not-found': gone,
  'ticket.not-found': gone,
  'exception.not-found': 'Somebody dismissed it, or a run found its cause gone. Nothing is left to do.',
  'invitation.wrong-state': 'Close this and look whether the person has signed in already.',
  'service.failed': 'Try again in a moment. If it stays so, tell support the request below.',
  'service.unavailable': 'Try again in a moment.',
};
