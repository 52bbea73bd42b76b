import { ClientList } from '../../features/clients/client-list.tsx';
import { LinksPage } from '../../features/links/links-page.tsx';
import { ItemList } from '../../features/seat-items/item-list.tsx';

export const LinksRoute = () => (
  <LinksPage>
    <ClientList />
    <ItemList />
  </LinksPage>
);
