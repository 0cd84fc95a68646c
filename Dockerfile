FROM python:3.13-slim AS build
WORKDIR /src
COPY constraints.txt ./
RUN python -m venv --without-pip /opt/sourcier \
    && pip --python /opt/sourcier/bin/python install --require-hashes --requirement constraints.txt
COPY LICENSE README.md pyproject.toml ./
COPY bot bot
COPY index index
COPY seeds seeds
RUN pip --python /opt/sourcier/bin/python install --no-deps --no-build-isolation . \
    && pip --python /opt/sourcier/bin/python uninstall --yes \
        editables hatchling pathspec pluggy tomlkit trove-classifiers

FROM python:3.13-slim
# A fixed number, so that a folder of the host can be given to this user.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin sourcier \
    && mkdir /data \
    && chown 10001:10001 /data
COPY --from=build /opt/sourcier /opt/sourcier
ENV PATH=/opt/sourcier/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    SOURCIER_DATA=/data
WORKDIR /data
USER 10001:10001
VOLUME /data
HEALTHCHECK --interval=60s --timeout=10s --start-period=30s CMD ["sourcier", "health"]
ENTRYPOINT ["sourcier"]
CMD ["run"]
