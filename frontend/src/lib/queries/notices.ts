import { NoticePage, NoticeSettings } from '@legendops/billing/notice/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';
import { cursorPages } from '../cursor-pages.ts';

export const noticesPath = '/api/billing/v1/notices';
export const noticeSettingsPath = '/api/billing/v1/notice-settings';

/** What people were told of, the newest first. */
export const noticePages = cursorPages({ path: noticesPath, page: NoticePage });

/** What goes to Teams, and what whoever is signed in gets by mail. */
export const noticeSettings = queryOptions({
  queryKey: [noticeSettingsPath],
  queryFn: ({ signal }) => api.request({ method: 'GET', path: noticeSettingsPath, signal }, NoticeSettings),
});
