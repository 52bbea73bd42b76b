import { useQuery } from '@tanstack/react-query';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { noticeSettings } from '../../lib/queries/notices.ts';
import { MailChoices } from './mail-choices.tsx';
import { NoticeList } from './notice-list.tsx';
import { TeamsSection } from './teams-section.tsx';

export const NoticesPage = () => (
  <Page title="Notices" about="What you and your organisation are told of, by mail and in Teams, each once.">
    <QueryView query={useQuery(noticeSettings)}>
      {({ mail, digestHour, teams, acts }) => (
        <>
          <Section
            title="Your mail"
            about={`What you get, and when. The mail of the day comes at ${digestHour}:00 in your organisation’s time.`}
          >
            <div className="rounded-lg border border-line bg-surface p-4">
              <MailChoices mail={mail} />
            </div>
          </Section>
          <TeamsSection teams={teams} acts={acts} />
        </>
      )}
    </QueryView>
    <Section title="Last notices" about="In an outage one may come twice; it is the same one then.">
      <NoticeList />
    </Section>
  </Page>
);
