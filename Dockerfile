# The product without its tests; packages are pinned by hash.
FROM python:3.13-slim-bookworm
RUN useradd --create-home polylogue
WORKDIR /srv/polylogue
COPY requirements/runtime.txt requirements/build.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/runtime.txt -r requirements/build.txt
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation .
USER polylogue
EXPOSE 8440
CMD ["polylogue", "serve"]
