import { ClientList } from '../../features/clients/client-list.tsx';
import { LinksPage } from '../../features/links/links-page.tsx';

export const LinksRoute = () => (
  <LinksPage>
    <ClientList />
  </LinksPage>
);
