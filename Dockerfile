# Every part of ours that runs on a cluster, but the portal (frontend/Dockerfile):
#   docker build --build-arg PART=services/billing -t legendops/billing .
# PART is services/auth, billing, catalog, portal or migrations, or operators/tenant. The image of billing is that of its jobs, too.
ARG NODE_IMAGE=docker.io/library/node:24-slim

FROM ${NODE_IMAGE} AS build
ARG PART
WORKDIR /app
# The lockfile names every workspace, and npm wants to see them all.
COPY package.json package-lock.json .npmrc ./
COPY frontend/package.json frontend/
COPY operators/runtime/package.json operators/runtime/
COPY operators/tenant/package.json operators/tenant/
COPY scripts/package.json scripts/
COPY services/auth/package.json services/auth/
COPY services/billing/package.json services/billing/
COPY services/catalog/package.json services/catalog/
COPY services/kit/package.json services/kit/
COPY services/migrations/package.json services/migrations/
COPY services/portal/package.json services/portal/
# Types, maps and pages of packages are for whoever writes code, and some are built for browsers and for `require`, too: half of what
# they weigh. (What both kinds of a package share is in its state.js.)
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund --workspace "${PART}" \
 && find node_modules -type f \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.flow' \
      -o -name '*.md' -o -name '*.markdown' -o -path '*/dist/browser/*' -o -path '*/dist/react-native/*' \
      -o -path '*/dist/workerd/*' -o -path '*/@azure/msal-browser/*.*js' -o -path '*/date-fns/esm/*' \
      -o -path '*/@azure/*/dist/commonjs/*.js' ! -name 'state*.js' -o -path '*/@typespec/*/dist/commonjs/*.js' ! -name 'state*.js' \
      -o -path '*/msal-common/dist-browser/*' -o -path '*/msal-common/lib/*' -o -path '*/msal-node/lib/*' \
      -o -path '*/@opentelemetry/*/dist/*.cjs' ! -path '*/@opentelemetry/api/*' \
      -o -path '*/semantic-conventions/dist/experimental_*' -o -path '*/semantic-conventions/dist/index-incubating.*' \
      -o -path '*/photon/dist/lib/*.inline.js' -o -path '*/nodemailer/dist/cjs/*' -o -path '*/zod/*.cjs' \
      -o -path '*/pdfkit/.yarn/*' -o -path '*/pdfkit/js/*browser*' -o -path '*/pdfkit/js/*standalone*' \
      -o -path '*/pdfkit/js/pdfkit.old.js' -o -path '*/pdfkit/js/pdfkit.js' -o -path '*/fontkit/dist/main.cjs' \
      -o -path '*/fontkit/dist/browser*' -o -path '*/fontkit/src/*' -o -path '*/brotli/build/*' -o -path '*/pako/dist/*' \
      -o -path '*/dejavu-fonts-ttf/*' ! -name package.json ! -name LICENSE ! -name DejaVuSans.ttf ! -name DejaVuSans-Bold.ttf \) -delete \
 && rm -rf node_modules/.cache frontend scripts
COPY services/kit/src services/kit/src
COPY operators/runtime/src operators/runtime/src
COPY db db
COPY ${PART}/src ${PART}/src
# The program is loaded once: its compiled code is kept for every start, by the user of every start, and a program that
# cannot be loaded makes no image. Without a configuration it says what is missing, and ends.
RUN echo "import './${PART}/src/main.ts';" > main.ts && mkdir .compiled && chown 65532:65532 .compiled
USER 65532:65532
RUN NODE_COMPILE_CACHE=/app/.compiled node main.ts 2>&1 | grep 'Configuration is not usable'

FROM ${NODE_IMAGE}
ARG PART
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="legendops ${PART}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="LegendOps"
ENV NODE_ENV=production NODE_COMPILE_CACHE=/app/.compiled
WORKDIR /app
COPY --from=build /app /app
USER 65532:65532
# The process itself gets the signals. Another program of the same image is named by its path: services/billing/src/jobs/….
ENTRYPOINT ["node"]
CMD ["main.ts"]
