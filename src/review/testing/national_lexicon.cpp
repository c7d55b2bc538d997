#include "review/testing/national_lexicon.h"

#include <stdexcept>

#include "definition/loader.h"

namespace fazhi::review {

const definition::DefinitionSet& national_definitions() {
    static const auto kSet = [] {
        auto pack = definition::read_pack("packs/national");
        if (!pack) throw std::runtime_error(pack.error().message);
        definition::Loaded loaded = definition::build_set({*std::move(pack)});
        if (!loaded.set) throw std::runtime_error(definition::to_text(loaded.problems.front()));
        return loaded.set;
    }();
    return *kSet;
}

const Lexicon& national_lexicon() {
    static const Lexicon kLexicon = [] {
        auto lexicon = Lexicon::of(national_definitions());
        if (!lexicon) throw std::runtime_error(lexicon.error().message);
        return *std::move(lexicon);
    }();
    return kLexicon;
}

}  // namespace fazhi::review
