import { PreviewPage } from '../../features/periods/preview-page.tsx';
import type { PageProps } from '../../lib/router/addresses.ts';

export const PreviewRoute = ({ params }: PageProps<'/periods/$period'>) => <PreviewPage period={params.period} />;
