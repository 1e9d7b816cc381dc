// The one entry of every page: loads modules/<name>.js for each [data-module] and hands it the element.
// A module exports default (element) => void. A missing module spoils its own element only.

const load = async (element, name) => {
  const module = await import(`./modules/${name}.js`);
  await module.default(element);
};

// `data-modules="ready"` on the page says that every module has taken over or has failed.
export const start = async (root = document) => {
  const loading = [];
  for (const element of root.querySelectorAll("[data-module]")) {
    for (const name of element.dataset.module.split(" ")) {
      loading.push(load(element, name).catch((error) => console.error(`module ${name}`, error)));
    }
  }
  await Promise.all(loading);
  document.documentElement.dataset.modules = "ready";
};

start();
