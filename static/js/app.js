// The one entry of every page: loads modules/<name>.js for each [data-module] and hands it the element.
// A module exports default (element) => void. A missing module spoils its own element only.

const load = async (element, name) => {
  const module = await import(`./modules/${name}.js`);
  module.default(element);
};

export const start = (root = document) => {
  for (const element of root.querySelectorAll("[data-module]")) {
    for (const name of element.dataset.module.split(" ")) {
      load(element, name).catch((error) => console.error(`module ${name}`, error));
    }
  }
};

start();
