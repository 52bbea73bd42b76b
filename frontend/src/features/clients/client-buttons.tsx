import type { ClientLink, ClientSuggestion } from '@legendops/portal/superops/contract';
import { useState } from 'react';
import { AskFirst } from '../../components/ask-first.tsx';
import { Button } from '../../components/button.tsx';
import { CustomerPicker } from '../../components/customer-picker.tsx';
import { DialogSubmit } from '../../components/dialog-submit.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftForm } from '../../components/draft-form.tsx';
import { textOf } from '../../components/text-of.ts';
import { useConfirmClient, useRemoveClientLink, type LinkedClient } from './client-acts.ts';

/** Says that the likeliest customer is the client; it can be changed later. */
export const ConfirmClient = ({ client, suggested }: { client: ClientLink; suggested: ClientSuggestion }) => (
  <AskFirst
    subject={{ ...suggested, clientId: client.clientId }}
    act={useConfirmClient()}
    look="primary"
    label={`Confirm: ${client.clientName} is ${suggested.customerName}`}
    renderQuestion={({ customerName }) => ({
      title: 'Confirm this customer?',
      confirm: 'Confirm link',
      body: (
        <p>
          The client <strong>{client.clientName}</strong> in SuperOps is your customer <strong>{customerName}</strong>.
        </p>
      ),
    })}
  >
    Confirm
  </AskFirst>
);

/** Another customer than the suggested one. */
export const PickCustomer = ({ client }: { client: ClientLink }) => {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button aria-label={`Pick a customer for ${client.clientName}`} onClick={() => setOpen(true)}>
        Pick
      </Button>
      {open && <PickDialog client={client} onClose={() => setOpen(false)} />}
    </>
  );
};

const PickDialog = ({ client: { clientId, clientName }, onClose }: { client: ClientLink; onClose: () => void }) => {
  const confirming = useConfirmClient();
  return (
    <Dialog title={`Which customer is ${clientName}?`} act={confirming} onClose={onClose}>
      <DraftForm
        name={`client.${clientId}`}
        act={confirming}
        onSubmit={(form) => confirming.run({ clientId, customerId: textOf(form, 'customerId') }, onClose)}
      >
        <CustomerPicker label="Customer" none="Type a part of its name" name="customerId" required />
        <DialogSubmit act={confirming}>Save link</DialogSubmit>
      </DraftForm>
    </Dialog>
  );
};

/** Takes a link back. */
export const RemoveClientLink = ({ client }: { client: LinkedClient }) => (
  <AskFirst
    subject={client}
    act={useRemoveClientLink()}
    look="quiet"
    label={`Remove the link of ${client.clientName}`}
    renderQuestion={({ clientName, customerName }) => ({
      title: 'Remove this link?',
      confirm: 'Remove link',
      look: 'danger',
      body: (
        <p>
          The client <strong>{clientName}</strong> in SuperOps is no longer known as <strong>{customerName}</strong>.
          You are asked again who it is.
        </p>
      ),
    })}
  >
    Remove
  </AskFirst>
);
